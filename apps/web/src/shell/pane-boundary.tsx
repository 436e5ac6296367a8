// A bug in a pane costs that pane. What it says can be copied into a report.

import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button, copyText } from '../widgets/index.ts';

type Props = { readonly title: string; readonly children: ReactNode };
type State = { readonly error: Error | undefined; readonly where: string; readonly copied: boolean };

const WELL: State = { error: undefined, where: '', copied: false };

export class PaneBoundary extends Component<Props, State> {
  override state: State = WELL;

  static getDerivedStateFromError(error: unknown): State {
    return { ...WELL, error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(_error: unknown, info: ErrorInfo): void {
    this.setState({ where: info.componentStack ?? '' });
  }

  override render(): ReactNode {
    const { error, where, copied } = this.state;
    const { title, children } = this.props;
    if (error === undefined) return children;
    return (
      <div role="alert" className="flex min-h-0 flex-1 flex-col items-start gap-3 overflow-auto p-4">
        <h2 className="text-body font-semibold">{title} stopped</h2>
        <p className="max-w-160 text-text2">
          {error.message} This is a mistake in Finderscope. The flows held are not lost, and the other parts
          go on.
        </p>
        <div className="flex gap-2">
          <Button kind="main" onClick={() => this.setState(WELL)}>
            Try again
          </Button>
          <Button
            onClick={() => {
              void copyText(reportOf(title, error, where)).then((done) => this.setState({ copied: done }));
            }}
          >
            {copied ? 'Report copied' : 'Copy report'}
          </Button>
        </div>
        <pre className="max-w-full overflow-auto rounded-card border border-line bg-canvas p-3 font-mono text-mono-small text-text2">
          {error.stack ?? error.message}
        </pre>
      </div>
    );
  }
}

/** Holds no flow and no filter value beyond what the address shows. */
export function reportOf(title: string, error: Error, where: string): string {
  return [
    `${title}: ${error.name}: ${error.message}`,
    `at ${window.location.href}`,
    `in ${navigator.userAgent}`,
    error.stack ?? '',
    where,
  ].join('\n');
}
