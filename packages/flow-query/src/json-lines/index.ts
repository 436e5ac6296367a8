export { type DecodedLine, LineDecoder } from './line-decoder.ts';
