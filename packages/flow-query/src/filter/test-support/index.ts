// What tests of other packages may use: random flows and filters that match each other often.

export { ALL_FILTER_FIELDS, filterArbitrary, filterWithFields } from './random-filters.ts';
export { flowArbitrary } from './random-flows.ts';
