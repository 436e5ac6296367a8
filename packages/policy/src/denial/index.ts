export { type Denial, isLayer7, readDenial } from './read-denial.ts';
