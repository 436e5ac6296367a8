export {
  encodeFrame,
  FLAG_COMPRESSED,
  FLAG_TRAILERS,
  type Frame,
  FRAME_HEADER_BYTES,
  readFrameLength,
  readFrames,
  writeFrameHeader,
} from './frame.ts';
export { FrameScanner } from './frame-scanner.ts';
export { GrpcCode, grpcCodeName, grpcCodeOfHttp2Error, grpcCodeOfHttpStatus, GrpcError } from './status.ts';
export { formatGrpcTimeout, parseGrpcTimeout } from './timeout.ts';
export {
  encodeMetadataFrame,
  encodeTrailerFrame,
  escapeGrpcMessage,
  parseTrailerBody,
  type Trailers,
  unescapeGrpcMessage,
} from './trailers.ts';
export { unknownMethodText } from './unknown-method.ts';
