import { pushKeyShow, pushSubscriptionCreate, pushSubscriptionDelete, pushSubscriptionsList } from '@/api';

/** Whether this browser can show what comes while the page is closed. */
export const pushIsPossible = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window;

const WORKER = '/push-worker.js';

/** The subscription of this browser, if there is one. */
export async function currentPush(): Promise<PushSubscription | null> {
  if (!pushIsPossible()) return null;
  const worker = await navigator.serviceWorker.getRegistration(WORKER);
  return (await worker?.pushManager.getSubscription()) ?? null;
}

/** Asks the person, subscribes this browser and tells the server. False when the person or the browser refuses. */
export async function enablePush(workspace: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  const path = { workspace_id: workspace };
  const worker = await navigator.serviceWorker.register(WORKER);
  await navigator.serviceWorker.ready;
  const { public_key } = (await pushKeyShow({ path })).data;
  const subscription = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(public_key),
  });
  const { endpoint, keys } = subscription.toJSON();
  const body = { endpoint: endpoint!, keys: { p256dh: keys!.p256dh!, auth: keys!.auth! } };
  await pushSubscriptionCreate({ path, body });
  return true;
}

/** Ends the subscription of this browser, here and on the server. */
export async function disablePush(workspace: string) {
  const path = { workspace_id: workspace };
  const { items } = (await pushSubscriptionsList({ path })).data;
  for (const { id } of items.filter(({ current }) => current))
    await pushSubscriptionDelete({ path: { ...path, push_subscription_id: id } });
  await (await currentPush())?.unsubscribe();
}

/** A key as the server writes it, in base64 for addresses. */
export function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
