export { type Denial, dropReasonOf, isLayer7, readDenial } from './read-denial.ts';
