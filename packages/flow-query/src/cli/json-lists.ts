// The values of --allowlist and --denylist: JSON objects, several of which may stand one behind the other.

/** The text of each object; what is left over behind the last complete one comes last, so that it can be refused. */
export function splitJsonObjects(text: string): readonly string[] {
  const objects: string[] = [];
  let depth = 0;
  let inString = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth <= 0) {
      objects.push(text.slice(start, at + 1).trim());
      start = at + 1;
      depth = 0;
    }
  }
  const rest = text.slice(start).trim();
  return rest === '' ? objects : [...objects, rest];
}
