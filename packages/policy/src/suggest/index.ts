export { readDenied, type ReadDenied } from './from-flow.ts';
export type { Denied, DeniedEnd, DeniedRequest } from './denied.ts';
export { type Manifest, suggestRule, type Suggestion } from './suggest.ts';
