// The small numbers of a flow (see schema/columns.ts), read by their names.

import { SHAPE, SHAPE_NAMES, type ShapeName } from '../schema/columns.ts';
import { TupleDictionary } from './tuple-dictionary.ts';

export class ShapeDictionary extends TupleDictionary {
  constructor() {
    super(SHAPE_NAMES.length);
  }

  get(id: number, name: ShapeName): number {
    return this.at(id, SHAPE[name]);
  }
}
