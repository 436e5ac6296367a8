// Checks the types of a CEL expression before it ever runs, as the server does: undeclared names, unknown fields,
// operands that fit no signature, a result that is not bool. Texts and places are the server's in these cases.

import type { parse } from '@bufbuild/cel';
import type { Registry } from '@bufbuild/protobuf';
import { err, ok, type Result } from '@finderscope/base';
import type { FlowSchema } from '@finderscope/hubble-api';
import {
  BOOL,
  BYTES,
  celTypeText,
  DOUBLE,
  DURATION,
  DYN,
  fieldType,
  fits,
  FUNCTIONS,
  INT,
  listOf,
  METHODS,
  NULL,
  resultOf,
  STRING,
  TIMESTAMP,
  TYPE,
  TYPE_NAMES,
  UINT,
  type CelType,
} from './cel-types.ts';

type Parsed = ReturnType<typeof parse>;
type Expr = Parsed['expr'];
type ExprOf<Case extends Expr['exprKind']['case']> = Extract<
  Expr['exprKind'],
  { readonly case: Case }
>['value'];

/** Where names are looked up: inside the package `flow` first, then as they stand. */
const CONTAINER = 'flow';

/** The server's picture of a place: the line, and dots up to a caret. */
function located(source: string, offset: number, message: string): string {
  const before = source.slice(0, offset).split('\n');
  const column = Array.from(before.at(-1) ?? '').length;
  const line = source.split('\n')[before.length - 1] ?? '';
  return `ERROR: <input>:${before.length}:${column + 1}: ${message}\n | ${line}\n | ${'.'.repeat(column)}^`;
}

class Checker {
  readonly errors: { readonly offset: number; readonly message: string }[] = [];
  readonly #registry: Registry;
  readonly #positions: Readonly<Record<string, number>>;
  readonly #source: string;
  #scope: ReadonlyMap<string, CelType>;

  constructor(registry: Registry, flow: typeof FlowSchema, source: string, parsed: Parsed) {
    this.#source = source;
    this.#registry = registry;
    this.#positions = parsed.sourceInfo?.positions ?? {};
    this.#scope = new Map<string, CelType>([['_flow', { kind: 'message', schema: flow }]]);
  }

  #report(expr: Expr, message: string): CelType {
    this.errors.push({ offset: this.#offset(expr), message });
    return DYN;
  }

  /** The server points at the operator or the opening bracket of a call; the parser sometimes just before it. */
  #offset(expr: Expr): number {
    const offset = this.#positions[String(expr.id)] ?? 0;
    if (expr.exprKind.case !== 'callExpr') return offset;
    if (/^\w+$/.test(expr.exprKind.value.function)) return this.#next('(', offset);
    return offset + (/^\s*/.exec(this.#source.slice(offset))?.[0].length ?? 0);
  }

  #next(char: string, offset: number): number {
    const found = this.#source.indexOf(char, offset);
    return found < 0 ? offset : found;
  }

  check(expr: Expr | undefined): CelType {
    if (expr === undefined) return DYN;
    const { exprKind } = expr;
    switch (exprKind.case) {
      case 'constExpr':
        return this.#constant(exprKind.value);
      case 'identExpr':
        return this.#named(exprKind.value.name) ?? this.#undeclared(expr, exprKind.value.name);
      case 'selectExpr':
        return this.#select(expr, exprKind.value);
      case 'callExpr':
        return this.#call(expr, exprKind.value);
      case 'listExpr':
        return listOf(this.#join(exprKind.value.elements.map((element) => this.check(element))));
      case 'structExpr':
        return this.#struct(expr, exprKind.value);
      case 'comprehensionExpr':
        return this.#comprehension(expr, exprKind.value);
      case undefined:
        return DYN;
    }
  }

  #constant({ constantKind }: ExprOf<'constExpr'>): CelType {
    switch (constantKind.case) {
      case 'boolValue':
        return BOOL;
      case 'int64Value':
        return INT;
      case 'uint64Value':
        return UINT;
      case 'doubleValue':
        return DOUBLE;
      case 'stringValue':
        return STRING;
      case 'bytesValue':
        return BYTES;
      case 'nullValue':
        return NULL;
      case 'durationValue':
        return DURATION;
      case 'timestampValue':
        return TIMESTAMP;
      case undefined:
        return DYN;
    }
  }

  #undeclared(expr: Expr, name: string): CelType {
    return this.#report(expr, `undeclared reference to '${name}' (in container '${CONTAINER}')`);
  }

  /** Variables, enum values such as `Verdict.DROPPED`, and names of types. */
  #named(name: string): CelType | undefined {
    const variable = this.#scope.get(name);
    if (variable !== undefined) return variable;
    if (TYPE_NAMES.has(name)) return TYPE;
    for (const full of [`${CONTAINER}.${name}`, name]) {
      if (this.#registry.getMessage(full) !== undefined) return TYPE;
      const dot = full.lastIndexOf('.');
      const values = this.#registry.getEnum(full.slice(0, dot))?.values ?? [];
      if (values.some((value) => value.name === full.slice(dot + 1))) return INT;
    }
    return undefined;
  }

  #join(types: readonly CelType[]): CelType {
    const [first = DYN, ...rest] = types;
    return rest.every((type) => celTypeText(type) === celTypeText(first)) ? first : DYN;
  }

  #select(expr: Expr, { operand, field, testOnly }: ExprOf<'selectExpr'>): CelType {
    const dotted = testOnly ? undefined : dottedName(expr);
    const named = dotted === undefined ? undefined : this.#named(dotted);
    if (named !== undefined) return named;
    const type = this.check(operand);
    const found = this.#member(expr, type, field);
    return testOnly ? BOOL : found;
  }

  #member(expr: Expr, type: CelType, name: string): CelType {
    switch (type.kind) {
      case 'message': {
        const field = type.schema.fields.find((candidate) => candidate.name === name);
        return field === undefined ? this.#report(expr, `undefined field '${name}'`) : fieldType(field);
      }
      case 'map':
        return type.value;
      case 'dyn':
      case 'any':
        return DYN;
      default:
        return this.#report(expr, `type '${celTypeText(type)}' does not support field selection`);
    }
  }

  #noOverload(expr: Expr, name: string, operands: readonly CelType[], method = false): CelType {
    const [target, ...others] = operands.map(celTypeText);
    const shown = method
      ? `${target ?? ''}.(${others.join(', ')})`
      : `(${operands.map(celTypeText).join(', ')})`;
    return this.#report(expr, `found no matching overload for '${name}' applied to '${shown}'`);
  }

  #call(expr: Expr, { function: name, target, args }: ExprOf<'callExpr'>): CelType {
    if (target !== undefined) {
      const signatures = METHODS.get(name);
      const operands = [target, ...args].map((operand) => this.check(operand));
      if (signatures === undefined) return this.#undeclared(expr, name);
      return resultOf(signatures, operands) ?? this.#noOverload(expr, name, operands, true);
    }
    const operands = args.map((operand) => this.check(operand));
    if (name === '_&&_' || name === '_||_') {
      args.forEach((arg, i) => {
        const type = operands[i] ?? DYN;
        if (!fits(type, BOOL)) this.#report(arg, `expected type 'bool' but found '${celTypeText(type)}'`);
      });
      return BOOL;
    }
    const [a = DYN, b = DYN, c = DYN] = operands;
    const refuse = () => this.#noOverload(expr, name, operands);
    switch (name) {
      case '_==_':
      case '_!=_':
        return fits(a, b) ? BOOL : refuse();
      case '_?_:_':
        return fits(a, BOOL) && fits(b, c) ? (b.kind === 'dyn' || b.kind === 'null' ? c : b) : refuse();
      case '@in': {
        const among = b.kind === 'list' ? b.element : b.kind === 'map' ? b.key : undefined;
        if (b.kind === 'dyn' || b.kind === 'any') return BOOL;
        return among !== undefined && fits(a, among) ? BOOL : refuse();
      }
      case '_[_]':
        if (a.kind === 'list') return fits(b, INT) ? a.element : refuse();
        if (a.kind === 'map') return fits(b, a.key) ? a.value : refuse();
        return a.kind === 'dyn' || a.kind === 'any' ? DYN : refuse();
      case '_+_':
        if (a.kind === 'list' && b.kind === 'list')
          return fits(a, b) ? (a.element.kind === 'dyn' ? b : a) : refuse();
        break;
      default:
        break;
    }
    const signatures = FUNCTIONS.get(name);
    return signatures === undefined
      ? this.#undeclared(expr, name)
      : (resultOf(signatures, operands) ?? refuse());
  }

  #struct(expr: Expr, { messageName, entries }: ExprOf<'structExpr'>): CelType {
    if (messageName === '') {
      const keys = entries.map((entry) =>
        entry.keyKind.case === 'mapKey' ? this.check(entry.keyKind.value) : DYN,
      );
      const values = entries.map((entry) => this.check(entry.value));
      return { kind: 'map', key: this.#join(keys), value: this.#join(values) };
    }
    const schema =
      this.#registry.getMessage(`${CONTAINER}.${messageName}`) ?? this.#registry.getMessage(messageName);
    for (const entry of entries) {
      const type = this.check(entry.value);
      const name = entry.keyKind.case === 'fieldKey' ? entry.keyKind.value : '';
      const field = schema?.fields.find((candidate) => candidate.name === name);
      const offset = this.#next(':', this.#positions[String(entry.id)] ?? 0);
      if (schema !== undefined && field === undefined)
        this.errors.push({ offset, message: `undefined field '${name}'` });
      else if (field !== undefined && !fits(fieldType(field), type)) {
        const wanted = celTypeText(fieldType(field));
        const message = `expected type of field '${name}' is '${wanted}' but provided type is '${celTypeText(type)}'`;
        this.errors.push({ offset, message });
      }
    }
    return schema === undefined ? this.#undeclared(expr, messageName) : { kind: 'message', schema };
  }

  /** exists, all, map and filter, in the loop that the parser makes of them. */
  #comprehension(expr: Expr, loop: ExprOf<'comprehensionExpr'>): CelType {
    const range = this.check(loop.iterRange);
    const element = this.#elementOf(loop.iterRange ?? expr, range);
    const start = this.check(loop.accuInit);
    const outer = this.#scope;
    this.#scope = new Map([...outer, [loop.iterVar, element], [loop.accuVar, start]]);
    this.check(loop.loopCondition);
    const step = this.check(loop.loopStep);
    // An empty list to begin with says nothing of its elements; the first step does.
    this.#scope = new Map([...outer, [loop.accuVar, start.kind === 'list' ? step : start]]);
    const result = this.check(loop.result);
    this.#scope = outer;
    return result;
  }

  #elementOf(expr: Expr, range: CelType): CelType {
    switch (range.kind) {
      case 'list':
        return range.element;
      case 'map':
        return range.key;
      case 'dyn':
      case 'any':
        return DYN;
      default: {
        const type = celTypeText(range);
        return this.#report(
          expr,
          `expression of type '${type}' cannot be range of a comprehension (must be list, map, or dynamic)`,
        );
      }
    }
  }
}

/** `a.b.c` for a chain of plain selections, undefined for anything else. */
function dottedName(expr: Expr): string | undefined {
  const { exprKind } = expr;
  if (exprKind.case === 'identExpr') return exprKind.value.name;
  if (exprKind.case !== 'selectExpr' || exprKind.value.testOnly || exprKind.value.operand === undefined)
    return undefined;
  const operand = dottedName(exprKind.value.operand);
  return operand === undefined ? undefined : `${operand}.${exprKind.value.field}`;
}

/** Nothing to say of an expression that gives a bool; otherwise every problem, in the server's words. */
export function checkCel(
  registry: Registry,
  flow: typeof FlowSchema,
  source: string,
  parsed: Parsed,
): Result<undefined, string> {
  const checker = new Checker(registry, flow, source, parsed);
  const type = checker.check(parsed.expr);
  if (checker.errors.length > 0) {
    const inOrder = checker.errors.toSorted((a, b) => a.offset - b.offset);
    return err(inOrder.map(({ offset, message }) => located(source, offset, message)).join('\n'));
  }
  if (type.kind === 'bool' || type.kind === 'dyn') return ok(undefined);
  return err(`got "${celTypeText(type)}", wanted "bool" result type`);
}
