import { readFile } from 'node:fs/promises';
import RunwayML from '@runwayml/sdk';
import { until } from './until.mjs';

/** { key, model, promptText, ratio, duration, seed?, image?: path } */
export async function make(address, { key, image, ...body }) {
  const client = new RunwayML({ apiKey: key, baseURL: new URL(address).origin, maxRetries: 0 });
  if (image) {
    body.promptImage = `data:image/png;base64,${(await readFile(image)).toString('base64')}`;
  }

  const { id } = image ? await client.imageToVideo.create(body) : await client.textToVideo.create(body);
  const task = await until(() => client.tasks.retrieve(id), ({ status }) => status === 'SUCCEEDED' || status === 'FAILED');
  return { id, response: await fetch(task.output[0]) };
}
