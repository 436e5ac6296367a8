import { expect, test } from 'vitest';
import { unknownMethodText } from './unknown-method.ts';

test.each([
  ['/observer.Observer/Nope', 'unknown method Nope for service observer.Observer'],
  ['/peer.Peer/Notify', 'unknown service peer.Peer'],
  ['/observer/GetFlows', 'unknown service observer'],
  ['/', 'malformed method name: "/"'],
  ['/a/b/c', 'malformed method name: "/a/b/c"'],
  ['', 'malformed method name: ""'],
])('%j', (path, text) => {
  expect(unknownMethodText(path, ['/observer.Observer/GetFlows'])).toBe(text);
});
