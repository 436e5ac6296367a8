// One token of the bar: a term, a negated term, a group in parentheses, or something broken. A button that opens it for
// editing, with a cross beside it. Keys: see combo-keys.ts.

import { X } from 'lucide-react';
import { Fragment, type KeyboardEvent } from 'react';
import type { BarToken, GroupToken, TermToken } from './bar-token.ts';
import { type TokenAction, tokenAction } from './combo-keys.ts';

export type TokenChipProps = {
  readonly token: BarToken;
  readonly onAction: (action: TokenAction) => void;
  /** Takes this token, or one member of a group, out of the filter. */
  readonly onRemove: (without: string) => void;
};

const LOOK = {
  include: 'border-transparent bg-token',
  not: 'border-line2 bg-transparent',
  broken: 'border-error bg-transparent text-error',
} as const;

export function TokenChip({ token, onAction, onRemove }: TokenChipProps) {
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const action = tokenAction({
      key: event.key,
      alt: event.altKey,
      command: event.ctrlKey || event.metaKey,
      shift: event.shiftKey,
    });
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onAction(action);
  }
  return (
    // The keys bubble up from the button inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <span data-token="" className="inline-flex max-w-full min-w-0 max-tablet:shrink-0" onKeyDown={onKeyDown}>
      <Part token={token} first nested={false} onEdit={() => onAction('edit')} onRemove={onRemove} />
    </span>
  );
}

type PartProps<T> = {
  readonly token: T;
  /** The one the arrow keys come to. */
  readonly first: boolean;
  readonly nested: boolean;
  readonly onEdit: () => void;
  readonly onRemove: (without: string) => void;
};

function Part({ token, ...rest }: PartProps<BarToken>) {
  return token.kind === 'group' ? <Group token={token} {...rest} /> : <Chip token={token} {...rest} />;
}

function Group({ token, first, onEdit, onRemove }: PartProps<GroupToken>) {
  return (
    <span
      role="group"
      aria-label={token.not ? 'None of' : 'Any of'}
      className="inline-flex max-w-full min-w-0 flex-wrap items-center gap-1 rounded-token border border-line2 px-1.5 text-cell text-text2"
    >
      {token.not && <b className="font-semibold text-text">not</b>}
      <span aria-hidden="true">(</span>
      {token.alternatives.map((members, at) => (
        <Fragment key={members[0]?.from}>
          {at > 0 && <span>or</span>}
          {members.map((member, index) => (
            <Part
              key={member.from}
              token={member}
              first={first && at === 0 && index === 0}
              nested
              onEdit={onEdit}
              onRemove={onRemove}
            />
          ))}
        </Fragment>
      ))}
      <span aria-hidden="true">)</span>
    </span>
  );
}

function Chip({ token, first, nested, onEdit, onRemove }: PartProps<Exclude<BarToken, GroupToken>>) {
  const broken = token.kind === 'broken' || token.broken;
  const look = broken ? LOOK.broken : token.kind === 'term' && token.not ? LOOK.not : LOOK.include;
  return (
    <span
      className={`inline-flex max-w-full min-w-0 items-center rounded-token border text-cell ${look} ${
        nested ? 'h-5' : 'h-6'
      } max-tablet:h-9`}
    >
      <button
        type="button"
        tabIndex={-1}
        {...(first ? { 'data-token-edit': '' } : {})}
        title={`${token.text} (Enter edits, Delete removes)`}
        onClick={onEdit}
        className="min-w-0 truncate rounded-token py-px pl-1.5"
      >
        {token.kind === 'broken' ? token.text : <Term token={token} />}
      </button>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Remove ${token.text}`}
        onClick={() => onRemove(token.without)}
        className="inline-flex h-full w-5 shrink-0 items-center justify-center rounded-token text-text3 hover:text-text max-tablet:w-11"
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  );
}

function Term({ token }: { readonly token: TermToken }) {
  const ink = token.broken ? '' : 'text-text';
  return (
    <>
      {token.not && <b className={`font-semibold ${ink}`}>not </b>}
      <span className={token.broken ? '' : 'text-text2'}>{token.key} : </span>
      {token.values.map((value, index) => (
        <Fragment key={value}>
          {index > 0 && <span className={token.broken ? '' : 'text-text2'}> or </span>}
          <span className={`font-semibold ${ink}`}>{value}</span>
        </Fragment>
      ))}
    </>
  );
}
