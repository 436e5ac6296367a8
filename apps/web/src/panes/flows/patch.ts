// Writing into the document only where something else would stand there: whatever is written is laid out and painted
// again, even if it is the same.

export function setText(node: Text, text: string): void {
  if (node.data !== text) node.data = text;
}

export function setClass(element: Element, className: string): void {
  if (element.getAttribute('class') !== className) element.setAttribute('class', className);
}

/** undefined takes the attribute away. */
export function setAttribute(element: Element, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** A span with these children. */
export function makeSpan(className: string, ...children: readonly Node[]): HTMLSpanElement {
  const span = document.createElement('span');
  span.className = className;
  span.append(...children);
  return span;
}

export function makeText(): Text {
  return document.createTextNode('');
}
