// Reads YAML nodes strictly: whatever has an unexpected shape or name becomes a problem with its line.

import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type LineCounter,
  type Node,
  type YAMLMap,
} from 'yaml';

export type PolicyProblem = {
  /** Counted from 1 in the whole text. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
};

/** Fields of a mapping: the name, and what reads its value. */
export type FieldReaders = Readonly<Record<string, (value: Node) => void>>;

/** For a field that has no bearing on what is decided: whatever it holds is fine. */
export const ignored = (): void => undefined;

export class NodeReader {
  readonly problems: PolicyProblem[] = [];
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  problem(node: Node | null | undefined, message: string): void {
    const at = this.#lines.linePos(node?.range?.[0] ?? 0);
    this.problems.push({ line: at.line, column: at.col, message });
  }

  /** Calls the reader of each field; a field without one is a problem, and so is anything but a mapping. */
  fields(node: Node, where: string, readers: FieldReaders): void {
    const map = this.#map(node, where);
    for (const { key, value } of map?.items ?? []) {
      const name = isScalar(key) ? String(key.value) : '';
      const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
      const keyNode = isScalar(key) ? key : undefined;
      if (read === undefined) this.problem(keyNode, `${where}: "${name}" is not understood`);
      else if (value === null) this.problem(keyNode, `${where}: "${name}" has no value`);
      else read(this.#resolve(asNode(value)));
    }
  }

  /** A mapping of names to text, as matchLabels is. */
  texts(node: Node, where: string): readonly (readonly [string, string])[] {
    const entries: (readonly [string, string])[] = [];
    for (const { key, value } of this.#map(node, where)?.items ?? []) {
      const name = isScalar(key) ? String(key.value) : '';
      const target = this.#resolve(asNode(value));
      const isEmpty = isScalar(target) && target.value === null;
      entries.push([name, isEmpty ? '' : this.text(target, `${where}.${name}`)]);
    }
    return entries;
  }

  list<T>(node: Node, where: string, read: (item: Node) => T): readonly T[] {
    if (isScalar(node) && node.value === null) return [];
    if (!isSeq(node)) {
      this.problem(node, `${where} must be a list`);
      return [];
    }
    return node.items.map((item) => read(this.#resolve(asNode(item))));
  }

  text(node: Node, where: string): string {
    if (isScalar(node) && ['string', 'number', 'boolean'].includes(typeof node.value))
      return String(node.value);
    this.problem(node, `${where} must be text`);
    return '';
  }

  flag(node: Node, where: string): boolean {
    if (isScalar(node) && typeof node.value === 'boolean') return node.value;
    this.problem(node, `${where} must be true or false`);
    return false;
  }

  #map(node: Node, where: string): YAMLMap | undefined {
    if (isMap(node)) return node;
    if (isScalar(node) && node.value === null) return undefined;
    this.problem(node, `${where} must be a mapping`);
    return undefined;
  }

  #resolve(node: Node | undefined): Node {
    const target = isAlias(node) ? node.resolve(this.#document) : node;
    return target ?? this.#document.createNode(null);
  }
}

function asNode(value: unknown): Node | undefined {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : undefined;
}
