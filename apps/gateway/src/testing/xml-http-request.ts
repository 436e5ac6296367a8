// As much of a browser's XMLHttpRequest as Google's grpc-web client uses, over fetch: enough to run the real client in
// Node. Text grows while it arrives, as in a browser.

export class FetchXmlHttpRequest {
  readyState = 0;
  status = 0;
  statusText = '';
  responseText = '';
  responseType = '';
  response: unknown = '';
  timeout = 0;
  withCredentials = false;
  onreadystatechange: (() => void) | null = null;
  readonly #abort = new AbortController();
  readonly #headers = new Headers();
  #aborted = false;
  #method = 'GET';
  #url = '';
  #answerHeaders = new Headers();

  open(method: string, url: string): void {
    this.#method = method;
    this.#url = url;
    this.#enter(1);
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers.set(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.#answerHeaders.get(name);
  }

  getAllResponseHeaders(): string {
    return [...this.#answerHeaders].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  }

  abort(): void {
    this.#aborted = true;
    this.#abort.abort();
  }

  send(body: Uint8Array<ArrayBuffer> | string): void {
    this.#run(body).catch(() => {
      this.status = 0;
      this.#enter(4);
    });
  }

  async #run(body: Uint8Array<ArrayBuffer> | string): Promise<void> {
    const answer = await fetch(this.#url, {
      method: this.#method,
      headers: this.#headers,
      body,
      signal: this.#abort.signal,
    });
    this.status = answer.status;
    this.statusText = answer.statusText;
    this.#answerHeaders = answer.headers;
    this.#enter(2);
    if (this.responseType === 'arraybuffer') {
      this.response = await answer.arrayBuffer();
    } else {
      const decoder = new TextDecoder('latin1');
      for await (const chunk of answer.body ?? []) {
        this.responseText += decoder.decode(chunk);
        this.response = this.responseText;
        this.#enter(3);
      }
    }
    this.#enter(4);
  }

  #enter(state: number): void {
    this.readyState = state;
    if (!this.#aborted) this.onreadystatechange?.();
  }
}
