import { createFalClient } from '@fal-ai/client';
import { until } from './until.mjs';

/** { key, endpoint, input } */
export async function make(address, { key, endpoint, input }) {
  // The client has no base address; its own hook for proxies is where a request can be sent elsewhere.
  const fal = createFalClient({
    credentials: key,
    suppressLocalCredentialsWarning: true,
    requestMiddleware: async (request) => ({ ...request, url: request.url.replace('https://queue.fal.run', new URL(address).origin) }),
  });
  const { request_id: requestId } = await fal.queue.submit(endpoint, { input });
  await until(() => fal.queue.status(endpoint, { requestId, logs: true }), ({ status }) => status === 'COMPLETED');
  const { data } = await fal.queue.result(endpoint, { requestId });
  return { id: requestId, response: await fetch(data.video.url) };
}
