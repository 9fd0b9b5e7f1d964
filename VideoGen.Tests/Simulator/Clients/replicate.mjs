import Replicate from 'replicate';
import { until } from './until.mjs';

/** { key, model: "owner/name", input } */
export async function make(address, { key, model, input }) {
  const client = new Replicate({ auth: key, baseUrl: new URL('v1', address).href });
  const { id } = await client.predictions.create({ model, input });
  const prediction = await until(() => client.predictions.get(id), ({ status }) => status === 'succeeded' || status === 'failed');
  return { id, response: await fetch([prediction.output].flat()[0]) };
}
