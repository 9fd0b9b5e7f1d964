import { readFile } from 'node:fs/promises';
import OpenAI, { toFile } from 'openai';
import { until } from './until.mjs';

/** { key, model, prompt, seconds: "4", size: "1280x720", image?: path, remix?: text } */
export async function make(address, { key, image, remix, ...body }) {
  const client = new OpenAI({ apiKey: key, baseURL: new URL('v1', address).href, maxRetries: 0 });
  if (image) {
    body.input_reference = await toFile(await readFile(image), 'reference.png', { type: 'image/png' });
  }

  const finished = (video) => until(() => client.videos.retrieve(video.id), ({ status }) => status === 'completed' || status === 'failed');
  let video = await finished(await client.videos.create(body));
  if (remix) {
    video = await finished(await client.videos.remix(video.id, { prompt: remix }));
  }

  return { id: video.id, response: await client.videos.downloadContent(video.id) };
}
