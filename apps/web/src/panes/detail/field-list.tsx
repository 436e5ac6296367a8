// Every field the flow holds, in groups, and the message as the CLI's JSON.

import { leftOutText, toJsonpb } from '@finderscope/flow-query';
import type { GetFlowsResponse } from '@finderscope/hubble-api';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { Button, Segmented } from '../../widgets/index.ts';
import type { FieldGroup } from './field-tree.ts';
import type { CopyText } from './copy-text.ts';
import { ValueMenu } from './value-menu.tsx';

type Form = 'fields' | 'json';

export type FieldListProps = {
  readonly groups: readonly FieldGroup[];
  readonly response: GetFlowsResponse;
  readonly copy: CopyText;
};

export function FieldList({ groups, response, copy }: FieldListProps) {
  const [form, setForm] = useState<Form>('fields');
  return (
    <section ref={showStart} aria-label="All fields" className="scroll-mt-2 border-t border-line pt-3">
      <Segmented<Form>
        label="Form"
        small
        value={form}
        segments={[
          { value: 'fields', label: 'Fields' },
          { value: 'json', label: 'JSON' },
        ]}
        onChange={setForm}
      />
      {form === 'fields' ? (
        groups.map((group) => <Group key={group.title} group={group} />)
      ) : (
        <Json text={toJsonpb(response)} lacks={leftOutText(response)} copy={copy} />
      )}
    </section>
  );
}

/** Somebody asked for them: they come into sight. */
function showStart(section: HTMLElement | null): void {
  section?.scrollIntoView({ block: 'start' });
}

function Group({ group }: { readonly group: FieldGroup }) {
  return (
    <div className="mt-3">
      <h4 className="mb-1 text-head font-semibold text-text3">{group.title}</h4>
      <dl className="grid grid-cols-[minmax(96px,auto)_minmax(0,1fr)] gap-x-3 text-note">
        {group.lines.map((line) => (
          <div key={line.path} className="contents">
            <dt className="max-w-44 truncate py-0.5 text-text3" title={line.path}>
              {line.label}
            </dt>
            <dd className="min-w-0 py-0.5 font-mono text-mono-small break-words">
              {line.values.map((value, at) => (
                // Values of one field may repeat, and never change places.
                // oxlint-disable-next-line react/no-array-index-key
                <span key={at} className="block">
                  <ValueMenu
                    filter={value.filter}
                    text={value.text}
                    label={`${line.path} ${value.text}`}
                    className="max-w-full rounded-token break-words max-tablet:min-h-11"
                  >
                    {value.text === '' ? '""' : value.text}
                  </ValueMenu>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

type JsonProps = { readonly text: string; readonly lacks: string; readonly copy: CopyText };

function Json({ text, lacks, copy }: JsonProps) {
  return (
    <div className="mt-3">
      <div className="mb-1 flex items-center justify-between">
        <span className="text-note text-text3">
          As hubble observe -o jsonpb prints it, one line{lacks === '' ? '' : `. ${lacks}`}
        </span>
        <Button kind="plain" small onClick={() => copy(text, 'JSON', lacks)}>
          <Copy size={13} aria-hidden />
          Copy
        </Button>
      </div>
      <pre
        // Long text must be scrollable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        data-testid="flow-json"
        className="max-h-96 overflow-auto rounded-card border border-line bg-canvas p-3 font-mono text-mono-small [font-feature-settings:'calt'_0] break-all whitespace-pre-wrap"
      >
        {text}
      </pre>
    </div>
  );
}
