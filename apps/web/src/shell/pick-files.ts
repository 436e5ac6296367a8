// The browser's own window to choose files in.

import { openFiles } from './opened-files.ts';

/** Opens what is chosen there; nothing happens when nothing is. */
export function pickFiles(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.hidden = true;
  input.addEventListener('change', () => openFiles([...(input.files ?? [])]));
  for (const end of ['change', 'cancel']) input.addEventListener(end, () => input.remove());
  // Outside the document it could be collected while the window is open.
  document.body.append(input);
  input.click();
}
