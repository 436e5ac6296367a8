// Alt+1 to Alt+9. By the place of the key, since Alt writes another character on many keyboards.

/** The part of a KeyboardEvent that decides. */
export type DigitPress = Pick<
  KeyboardEvent,
  'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'repeat'
>;

/** Index of the view that the key opens, from 0; undefined for any other key. */
export function viewIndexOf(press: DigitPress): number | undefined {
  if (!press.altKey || press.ctrlKey || press.metaKey || press.shiftKey || press.repeat) return undefined;
  const [, digit] = /^(?:Digit|Numpad)([1-9])$/.exec(press.code) ?? [];
  return digit === undefined ? undefined : Number(digit) - 1;
}
