// Why there is no L7: the filter leaves none, or nobody looks inside the connections; and the policy that would.

import { useState } from 'react';
import { navigate } from '../../view-state/index.ts';
import { Button, copyText, formatExact } from '../../widgets/index.ts';
import { useAnswer, useFilter } from '../pane.ts';
import { likelyHttpPorts, visibilityPolicy } from './visibility-policy.ts';

const PORTS_READ = 200;

export function NoL7() {
  const filter = useFilter();
  const everywhere = useAnswer({ kind: 'facets', filter: '', fields: ['l7-type'], limit: 8 });
  const near = useAnswer({ kind: 'facets', filter, fields: ['to-namespace', 'to-port'], limit: PORTS_READ });
  const [said, setSaid] = useState('');
  if (everywhere === undefined || near === undefined) return null;
  const seen = everywhere.facets[0]?.values.reduce((sum, { count }) => sum + count, 0) ?? 0;
  if (seen > 0) {
    return (
      <Notice title="No L7 flow matches">
        <p>{formatExact(seen)} L7 flows are held; none of them passes the filter and the time looked at.</p>
        {filter !== '' && (
          <p className="mt-3">
            <Button onClick={() => navigate({ filter: '' })}>Remove all filters</Button>
          </p>
        )}
      </Notice>
    );
  }
  const valuesOf = (field: string): readonly string[] =>
    near.facets.find((facet) => facet.field === field)?.values.map(({ value }) => value) ?? [];
  const namespace = valuesOf('to-namespace').find((name) => name !== 'kube-system');
  const policy = visibilityPolicy({
    namespace: namespace ?? '',
    httpPorts: likelyHttpPorts(valuesOf('to-port')),
  });
  return (
    <Notice title="No L7 flow is held">
      <p>
        Cilium looks inside a connection only where a policy with an HTTP, DNS or Kafka rule selects one of
        its ends: then a proxy reads it and tells requests and responses. Without such a rule there is nothing
        to show here, however much traffic there is.
      </p>
      <p className="mt-2">
        This policy makes HTTP from inside the cluster and DNS of a namespace visible. With Cilium 1.16 or
        newer it denies nothing; older versions do not know{' '}
        <code className="font-mono text-mono">enableDefaultDeny</code> and would deny what the policy does not
        name. Traffic then goes through the proxy, which costs it some time.
      </p>
      <p className="mt-2">
        <b className="font-semibold text-text">Its rules allow.</b> Where other policies of the namespace deny
        by default, it opens these ports to everything in the cluster, and lets every name be looked up. There
        put its HTTP and DNS rules into the policies that you have instead.
      </p>
      <pre
        data-testid="policy"
        className="mt-3 whitespace-pre-wrap rounded-card border border-line bg-canvas p-3 font-mono text-mono text-text"
      >
        {policy}
      </pre>
      <p className="mt-3 flex items-center gap-3">
        <Button
          onClick={() => {
            void copyText(policy).then((copied) =>
              setSaid(copied ? 'Copied.' : 'The browser does not let this page copy.'),
            );
          }}
        >
          Copy policy
        </Button>
        <output className="text-text3">{said}</output>
      </p>
    </Notice>
  );
}

function Notice({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section aria-label={title} className="mx-auto max-w-150 px-6 py-8 text-cell text-text2">
      <h3 className="mb-2 text-body font-semibold text-text">{title}</h3>
      {children}
    </section>
  );
}
