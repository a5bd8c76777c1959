import type { ChannelRef } from '@/api';

const shapes: Record<ChannelRef['kind'], { colour: string; path: string }> = {
  website_chat: { colour: '#2b4fcf', path: 'M5 5.5h8v5.2H9.4L7 12.8v-2.1H5z' },
};

/** A small mark for where a conversation comes from. The channel's name stands beside it. */
export function ChannelGlyph({ kind }: { kind: ChannelRef['kind'] }) {
  const { colour, path } = shapes[kind];
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <rect width="18" height="18" rx="5" fill={colour} />
      <path d={path} fill="#fff" stroke="#fff" strokeWidth="1" strokeLinejoin="round" />
    </svg>
  );
}
