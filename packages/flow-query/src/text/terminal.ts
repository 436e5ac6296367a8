// Characters that could steer a terminal, as the CLI shows them since 1.17.

/** ESC becomes `^[`, carriage return `\r`. */
export function escapeControls(text: string): string {
  return text.replaceAll('\u001b', '^[').replaceAll('\r', '\\r');
}
