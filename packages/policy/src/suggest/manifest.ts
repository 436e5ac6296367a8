// YAML from plain values, as a person would write it: two blanks, no anchors, quotes only where they are needed.

export type Value = string | number | readonly Value[] | { readonly [key: string]: Value | undefined };

/** Keys whose value is undefined are left out. Ends without a line break. */
export function toYaml(value: Value): string {
  return lines(value).join('\n');
}

function lines(value: Value): readonly string[] {
  if (isScalar(value)) return [scalar(value)];
  if (isList(value)) {
    return value.flatMap((item) => {
      const [first = '', ...rest] = lines(item);
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
    });
  }
  const entries = Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : [[key, item] as const],
  );
  if (entries.length === 0) return ['{}'];
  return entries.flatMap(([key, item]) => {
    if (isScalar(item)) return [`${scalar(key)}: ${scalar(item)}`];
    return [`${scalar(key)}:`, ...lines(item).map((line) => `  ${line}`)];
  });
}

function isScalar(value: Value): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function isList(value: Exclude<Value, string | number>): value is readonly Value[] {
  return Array.isArray(value);
}

/** Words that YAML takes for something else than text. */
const SPECIAL = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i;

function scalar(text: string | number): string {
  if (typeof text === 'number') return String(text);
  // A colon inside a word, as in k8s:app, is plain text.
  const isPlain = /^[A-Za-z/](?:[\w./-]|:(?=\S))*$/.test(text) && !SPECIAL.test(text);
  return isPlain ? text : JSON.stringify(text);
}
