/** Puts a text on the clipboard and says so: `what` is what was copied, in a word or two; `lacks` a sentence on what it lacks. */
export type CopyText = (text: string, what: string, lacks?: string) => void;
