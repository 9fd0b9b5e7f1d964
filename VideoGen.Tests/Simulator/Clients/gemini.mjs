import { readFile } from 'node:fs/promises';
import { GoogleGenAI } from '@google/genai';
import { until } from './until.mjs';

/** { key, image?: path, ...body of an interaction } */
export async function make(address, { key, image, ...body }) {
  const baseUrl = new URL(address).origin;
  const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl } });
  if (image) {
    body.input = [...body.input, { type: 'image', data: (await readFile(image)).toString('base64'), mime_type: 'image/png' }];
  }

  const { id } = await client.interactions.create(body);
  const made = await until(() => client.interactions.get(id), ({ status }) => status === 'completed' || status === 'failed');

  // The client downloads files to a path only; this is the request that it makes.
  return { id, response: await fetch(`${made.output_video.uri}:download?alt=media`, { headers: { 'x-goog-api-key': key } }) };
}
