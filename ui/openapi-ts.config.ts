import { defineConfig } from '@hey-api/openapi-ts';

export default defineConfig({
  input: '../openapi.json',
  output: { path: 'src/api/generated', clean: true },
  // The visitors' operations belong to the widget; the realtime frames are named by no operation, so orphans stay.
  parser: { filters: { tags: { exclude: ['widget'] }, orphans: true } },
  plugins: [
    { name: '@hey-api/client-fetch', throwOnError: true },
    '@hey-api/typescript',
    '@hey-api/sdk',
    '@tanstack/react-query',
  ],
});
