// A browser and its maker's push service in one: it subscribes, takes what is posted to its address, checks the
// sender's signature (RFC 8292) and decrypts as the browser would (RFC 8291), with the crypto of Node alone. Each line
// it prints is JSON: first its subscription, then what came of each post.
import crypto from 'node:crypto';
import http from 'node:http';

const browser = crypto.createECDH('prime256v1');
browser.generateKeys();
const auth = crypto.randomBytes(16);
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const derive = (secret, salt, info, length) =>
  Buffer.from(crypto.hkdfSync('sha256', secret, salt, info, length));

const decrypt = (body) => {
  const salt = body.subarray(0, 16);
  const sender = body.subarray(21, 21 + body[20]);
  const record = body.subarray(21 + body[20]);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender]);
  const input = derive(browser.computeSecret(sender), auth, info, 32);
  const key = derive(input, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = derive(input, salt, 'Content-Encoding: nonce\0', 12);
  const cipher = crypto.createDecipheriv('aes-128-gcm', key, nonce);
  cipher.setAuthTag(record.subarray(-16));
  const text = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
  return JSON.parse(text.subarray(0, text.lastIndexOf(2)).toString());
};

/** The claims of a signature that holds, and the key it holds for. */
const verified = (authorization) => {
  const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization);
  const [head, claims, signature] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const publicKey = crypto.createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const holds = crypto.verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!holds || JSON.parse(Buffer.from(head, 'base64url')).alg !== 'ES256') throw new Error('no signature');
  return { ...JSON.parse(Buffer.from(claims, 'base64url')), key };
};

const server = http.createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const { authorization, ttl, 'content-encoding': encoding } = request.headers;
    const status = request.url === '/gone' ? 410 : 201;
    try {
      const text = decrypt(Buffer.concat(parts));
      tell({ path: request.url, text, vapid: verified(authorization), ttl, encoding });
    } catch (error) {
      tell({ path: request.url, error: String(error) });
    }
    response.writeHead(status).end();
  });
});
server.listen(0, '127.0.0.1', () => {
  const endpoint = `http://127.0.0.1:${server.address().port}`;
  const keys = { p256dh: browser.getPublicKey('base64url'), auth: auth.toString('base64url') };
  tell({ endpoint, keys });
});
