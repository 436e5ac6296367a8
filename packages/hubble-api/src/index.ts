// Hubble's API as TypeScript types and service descriptors, generated from proto/.
// Regenerate with `npm run generate` after a change there.
export * from './gen/flow/flow_pb.js';
export * from './gen/observer/observer_pb.js';
export * from './gen/relay/relay_pb.js';
export * as peer from './gen/peer/peer_pb.js';
export * as health from './gen/grpc/health/v1/health_pb.js';
export * as demo from './gen/finderscope/demo/v1/demo_pb.js';
