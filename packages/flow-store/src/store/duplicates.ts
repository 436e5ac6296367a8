// Flows that came again: how many, and from which nodes. A node that sends again what is held has not forgotten
// anything in between.

export class Duplicates {
  count = 0;
  #nodes = new Set<string>();

  add(nodeName: string | undefined): void {
    this.count++;
    this.#nodes.add(nodeName ?? '');
  }

  /** The nodes since this was asked last. */
  takeNodes(): ReadonlySet<string> {
    const nodes = this.#nodes;
    if (nodes.size > 0) this.#nodes = new Set();
    return nodes;
  }
}
