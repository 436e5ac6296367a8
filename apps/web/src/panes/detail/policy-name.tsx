import type { Policy } from '@finderscope/hubble-api';

/** Kind, namespace, name and revision of a policy, as far as the flow tells. */
export function PolicyName({ policy }: { readonly policy: Policy }) {
  const kind = policy.kind === '' ? '' : `${policy.kind} `;
  const namespace = policy.namespace === '' ? '' : `${policy.namespace}/`;
  return (
    <>
      <span className="text-text3">
        {kind}
        {namespace}
      </span>
      <span className="font-medium">{policy.name === '' ? 'without a name' : policy.name}</span>
      {policy.revision > 0n && <span className="text-text3"> revision {String(policy.revision)}</span>}
    </>
  );
}
