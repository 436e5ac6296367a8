// Leaves a promise of what the worker measures where the bench finds it.

const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
const rates = new Promise((resolve, reject) => {
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => resolve(data));
  worker.addEventListener('error', ({ message }) => reject(new Error(message)));
});
Object.assign(window, { rates });
