// Turns the table of columns into a program over wire field numbers: per message a lookup from field number to an
// instruction. Built once from the descriptors; run by decode/flow-decoder.ts.

import { assert, defined } from '@finderscope/base';
import type { DescField, DescMessage, DescOneof } from '@bufbuild/protobuf';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { COLUMNS, type ColumnName, type ColumnSpec, DICT, PORT_NAMES, SHAPE } from './columns.ts';

export const Op = {
  /** tuple[target] = varint as int32 */
  INT: 1,
  /** tuple[target] = varint is not zero */
  BOOL: 2,
  /** tuple[target] |= 1 << bit */
  BIT: 3,
  /** ports[target] = value + 1 */
  PORT: 4,
  /** reals[target] = uint64 */
  REAL: 5,
  /** span of dict[target] = this value; the last one counts */
  TEXT: 6,
  /** span of dict[target] grows by this value: messages that occur twice merge by concatenation */
  MESSAGE: 7,
  /** span of dict[target] grows by this field with its tag */
  RUN: 8,
  /** the nested message, see `child` */
  DESCEND: 9,
  /** times[target] */
  TIME: 10,
  UUID: 11,
} as const;
type Op = (typeof Op)[keyof typeof Op];

export type Instruction = {
  readonly op: Op;
  readonly target: number;
  readonly bit: number;
  readonly child: MessageProgram | undefined;
  /** Place in the tuple that becomes 1, or -1. */
  presence: number;
  /** Place in the tuple of the oneof this field is a member of, or -1. */
  member: number;
  readonly number: number;
};

export type MessageProgram = {
  /** By field number, for numbers below 64. */
  readonly low: (Instruction | undefined)[];
  readonly high: Instruction[];
  /** Dictionary columns that are empty, and no longer absent, once this message was seen. */
  readonly texts: number[];
  /** Ports that are 0, and no longer absent, once this message was seen. */
  readonly ports: number[];
  /** What setting another member of a oneof of this message takes back: places by oneof. */
  readonly resets: { tuple: number[]; dicts: number[]; ports: number[]; member: number }[];
};

type Building = { readonly desc: DescMessage; readonly program: MessageProgram };

function newProgram(): MessageProgram {
  return { low: [], high: [], texts: [], ports: [], resets: [] };
}

/** The program for observer.GetFlowsResponse. */
export function buildProgram(): MessageProgram {
  const root: Building = { desc: GetFlowsResponseSchema, program: newProgram() };
  const built = new Map<MessageProgram, DescMessage>([[root.program, root.desc]]);
  // Shape columns first: a message that is only known by its presence is entered by a later, deeper path too.
  for (const name of Object.keys(COLUMNS) as ColumnName[]) {
    const spec: ColumnSpec = COLUMNS[name];
    spec.paths.forEach((path, index) => {
      addPath(root, built, name, spec, path, index);
    });
  }
  return root.program;
}

function addPath(
  root: Building,
  built: Map<MessageProgram, DescMessage>,
  name: ColumnName,
  spec: ColumnSpec,
  path: string,
  index: number,
): void {
  const parts = path.split('.');
  const last = defined(parts.pop(), path);
  let at = root;
  for (const part of parts) at = descend(at, built, part);
  switch (spec.kind) {
    case 'member':
      addMember(at, built, oneofOf(at.desc, last), SHAPE[name as keyof typeof SHAPE]);
      return;
    case 'presence': {
      const field = fieldOf(at.desc, last);
      const instruction = ensureDescend(at, built, field);
      instruction.presence = SHAPE[name as keyof typeof SHAPE];
      return;
    }
    case 'bits': {
      const inner = descend(at, built, last);
      for (const field of inner.desc.fields) {
        put(inner.program, field.number, Op.BIT, SHAPE[name as keyof typeof SHAPE], field.number - 1);
      }
      return;
    }
    default:
      addLeaf(at, name, spec, fieldOf(at.desc, last), index);
  }
}

function addLeaf(at: Building, name: ColumnName, spec: ColumnSpec, field: DescField, index: number): void {
  const put1 = (op: Op, target: number): void => put(at.program, field.number, op, target, 0);
  switch (spec.kind) {
    case 'number':
      put1(isBool(field) ? Op.BOOL : Op.INT, SHAPE[name as keyof typeof SHAPE]);
      return;
    case 'text':
    case 'run': {
      const target = DICT[name as keyof typeof DICT];
      put1(spec.kind === 'text' ? Op.TEXT : Op.RUN, target);
      if (!at.program.texts.includes(target)) at.program.texts.push(target);
      return;
    }
    case 'message':
      put1(Op.MESSAGE, DICT[name as keyof typeof DICT]);
      return;
    case 'port':
      put1(Op.PORT, PORT_NAMES.indexOf(name as (typeof PORT_NAMES)[number]));
      at.program.ports.push(PORT_NAMES.indexOf(name as (typeof PORT_NAMES)[number]));
      return;
    case 'real':
      put1(Op.REAL, 0);
      return;
    case 'time':
      replaceWithTime(at.program, field.number, index);
      return;
    case 'uuid':
      put1(Op.UUID, 0);
      return;
    default:
      assert(false, `column ${name} has no leaf`);
  }
}

function put(program: MessageProgram, number: number, op: Op, target: number, bit: number): void {
  add(program, { op, target, bit, child: undefined, presence: -1, member: -1, number });
}

function add(program: MessageProgram, instruction: Instruction): void {
  if (instruction.number < 64) program.low[instruction.number] = instruction;
  else program.high.push(instruction);
}

/** The time message may already be there for its presence. */
function replaceWithTime(program: MessageProgram, number: number, index: number): void {
  const presence = find(program, number)?.presence ?? -1;
  const at = program.high.findIndex((instruction) => instruction.number === number);
  if (at >= 0) program.high.splice(at, 1);
  add(program, { op: Op.TIME, target: index, bit: 0, child: undefined, presence, member: -1, number });
}

/** The instruction for a field number, undefined for a field nobody asked for. */
export function find(program: MessageProgram, number: number): Instruction | undefined {
  if (number < 64) return program.low[number];
  for (const instruction of program.high) if (instruction.number === number) return instruction;
  return undefined;
}

function ensureDescend(at: Building, built: Map<MessageProgram, DescMessage>, field: DescField): Instruction {
  const there = find(at.program, field.number);
  if (there !== undefined) return there;
  const child = newProgram();
  built.set(child, messageOf(field));
  const instruction: Instruction = {
    op: Op.DESCEND,
    target: 0,
    bit: 0,
    child,
    presence: -1,
    member: -1,
    number: field.number,
  };
  add(at.program, instruction);
  return instruction;
}

function descend(at: Building, built: Map<MessageProgram, DescMessage>, part: string): Building {
  const instruction = ensureDescend(at, built, fieldOf(at.desc, part));
  const program = defined(instruction.child, part);
  return { desc: defined(built.get(program), part), program };
}

/** Every member of the oneof gets an instruction, so that the one set last is known. */
function addMember(
  at: Building,
  built: Map<MessageProgram, DescMessage>,
  oneof: DescOneof,
  place: number,
): void {
  at.program.resets.push({ tuple: [], dicts: [], ports: [], member: place });
  for (const field of oneof.fields) ensureDescend(at, built, field).member = place;
}

/** Fills in what each oneof takes back when its member changes; called once when all columns are placed. */
export function linkResets(program: MessageProgram): void {
  const instructions = [...program.low.filter((one) => one !== undefined), ...program.high];
  for (const reset of program.resets) {
    for (const instruction of instructions) {
      if (instruction.member === reset.member && instruction.child) collect(instruction.child, reset);
    }
  }
  for (const { child } of instructions) if (child) linkResets(child);
}

type Places = { tuple: number[]; dicts: number[]; ports: number[] };

function collect(program: MessageProgram, into: Places): void {
  for (const instruction of [...program.low, ...program.high]) {
    if (instruction === undefined) continue;
    if (instruction.presence >= 0) into.tuple.push(instruction.presence);
    if (instruction.member >= 0) into.tuple.push(instruction.member);
    if (instruction.child) collect(instruction.child, into);
    else if (instruction.op === Op.PORT) into.ports.push(instruction.target);
    else if (instruction.op <= Op.BIT) into.tuple.push(instruction.target);
    else if (instruction.op >= Op.TEXT && instruction.op <= Op.RUN) into.dicts.push(instruction.target);
  }
}

function fieldOf(desc: DescMessage, name: string): DescField {
  return defined(
    desc.fields.find((field) => field.name === name),
    `field ${name} of ${desc.typeName}`,
  );
}

function oneofOf(desc: DescMessage, name: string): DescOneof {
  return defined(
    desc.oneofs.find((oneof) => oneof.name === name),
    `oneof ${name} of ${desc.typeName}`,
  );
}

function messageOf(field: DescField): DescMessage {
  if (field.fieldKind === 'message') return field.message;
  assert(false, `field ${field.name} is not a message`);
}

const SCALAR_BOOL = 8;
function isBool(field: DescField): boolean {
  return field.fieldKind === 'scalar' && field.scalar === SCALAR_BOOL;
}
