// Copying works through the clipboard API only on https and localhost. Elsewhere, as through a plain http ingress, the
// old command still copies what is selected in the page.

/** False when the browser lets nothing be copied; the caller then shows the text to be copied by hand. */
export async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      // Denied by the person or by a permissions policy: the old way asks neither.
      if (!(error instanceof DOMException)) throw error;
    }
  }
  return copySelected(text);
}

function copySelected(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'unseen';
  // Inside an open dialog only its own content can have focus.
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
