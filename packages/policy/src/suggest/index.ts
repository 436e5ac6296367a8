export { readDenied, type ReadDenied } from './from-flow.ts';
export {
  type Denied,
  type DeniedEnd,
  type DeniedRequest,
  type Manifest,
  suggestRule,
  type Suggestion,
} from './suggest.ts';
