import LumaAI from 'lumaai';
import { until } from './until.mjs';

/** { key, model, prompt, aspect_ratio, resolution, duration, callback_url } */
export async function make(address, { key, ...body }) {
  const client = new LumaAI({ authToken: key, baseURL: new URL('dream-machine/v1', address).href, maxRetries: 0 });
  const { id } = await client.generations.video.create(body);
  const generation = await until(() => client.generations.get(id), ({ state }) => state === 'completed' || state === 'failed');
  return { id, response: await fetch(generation.assets.video) };
}
