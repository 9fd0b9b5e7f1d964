import { readFile } from 'node:fs/promises';
import { GoogleGenAI } from '@google/genai';
import { OAuth2Client } from 'google-auth-library';
import { until } from './until.mjs';

/** { key, project, location, model, prompt, config, image?: path } */
export async function make(address, { key, project, location, model, prompt, config, image }) {
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: key, expiry_date: Date.now() + 3_600_000 });
  const client = new GoogleGenAI({
    vertexai: true, project, location, googleAuthOptions: { authClient }, httpOptions: { baseUrl: new URL(address).origin, apiVersion: 'v1' },
  });
  const picture = image && { imageBytes: (await readFile(image)).toString('base64'), mimeType: 'image/png' };
  const started = await client.models.generateVideos({ model, prompt, config, ...(picture && { image: picture }) });
  const operation = await until(() => client.operations.getVideosOperation({ operation: started }), ({ done }) => done);
  const { video } = operation.response.generatedVideos[0];
  return { id: started.name, response: new Response(Buffer.from(video.videoBytes, 'base64')) };
}
