/** Puts a text on the clipboard and says so: `what` is what was copied, in a word or two. */
export type CopyText = (text: string, what: string) => void;
