import { Trans } from '@lingui/react/macro';
import type { Sentence } from './parts';

/** What people and the AI do in the inbox beside answering, and what helps them there. */
export const inbox: Record<string, Sentence> = {
  'agent.enabled': ({ who }) => <Trans>{who} switched the AI on</Trans>,
  'agent.disabled': ({ who }) => <Trans>{who} switched the AI off</Trans>,
  'agent.paused': ({ event }) =>
    event.detail.reason === 'restricted' ? (
      <Trans>The AI was paused, because the workspace is restricted</Trans>
    ) : (
      <Trans>The AI was paused, because this installation has none to ask</Trans>
    ),
  'agent.resumed': () => <Trans>The AI answers again</Trans>,
  'ai_draft.suppressed': ({ what }) => (
    <Trans>An answer of the AI to {what} was held back: a person had come first</Trans>
  ),
  'bulk_action.created': ({ who }) => <Trans>{who} began to change many conversations at once</Trans>,
  'bulk_action.finished': () => <Trans>Changing many conversations at once ended</Trans>,
  'canned_response.created': ({ who, what }) => (
    <Trans>
      {who} made the canned response {what}
    </Trans>
  ),
  'canned_response.updated': ({ who, what }) => (
    <Trans>
      {who} changed the canned response {what}
    </Trans>
  ),
  'canned_response.deleted': ({ who, what }) => (
    <Trans>
      {who} deleted the canned response {what}
    </Trans>
  ),
  'canned_response.restored': ({ who, what }) => (
    <Trans>
      {who} brought the canned response {what} back
    </Trans>
  ),
  'conversation.flagged': ({ what }) => (
    <Trans>The AI marked the conversation with {what} for a person to look at</Trans>
  ),
  'conversation.queued': ({ who, what }) => (
    <Trans>
      {who} put the conversation with {what} into a team’s queue
    </Trans>
  ),
  'conversation.requeued': ({ what }) => (
    <Trans>The conversation with {what} went back to the general queue</Trans>
  ),
  'conversation.routed': ({ what }) => <Trans>A rule decided where the conversation with {what} goes</Trans>,
  'conversation.taken_over': ({ who, what }) => (
    <Trans>
      {who} took the conversation with {what} over from a colleague
    </Trans>
  ),
  'handoff.requested': ({ what }) => <Trans>The AI asked for a person in the conversation with {what}</Trans>,
  'macro.created': ({ who, what }) => (
    <Trans>
      {who} made the macro {what}
    </Trans>
  ),
  'macro.updated': ({ who, what }) => (
    <Trans>
      {who} changed the macro {what}
    </Trans>
  ),
  'macro.deleted': ({ who, what }) => (
    <Trans>
      {who} deleted the macro {what}
    </Trans>
  ),
  'macro.restored': ({ who, what }) => (
    <Trans>
      {who} brought the macro {what} back
    </Trans>
  ),
  'macro.run': ({ who, what }) => (
    <Trans>
      {who} ran a macro on the conversation with {what}
    </Trans>
  ),
  'message.held': ({ who, what }) => (
    <Trans>
      {who} answered {what}; for a moment the answer could be taken back
    </Trans>
  ),
  'message.withdrawn': ({ who, what }) => (
    <Trans>
      {who} took an answer to {what} back before it was sent
    </Trans>
  ),
  'handover.offered': ({ who, what, called, event }) => {
    const to = called('to');
    return event.detail.to ? (
      <Trans>
        {who} handed the conversation with {what} over to <b>{to}</b>
      </Trans>
    ) : (
      <Trans>
        {who} handed the conversation with {what} over to a team
      </Trans>
    );
  },
  'handover.accepted': ({ who, what }) => (
    <Trans>
      {who} took over the conversation with {what} as it was handed to them
    </Trans>
  ),
  'handover.refused': ({ who, what }) => (
    <Trans>
      {who} sent the conversation with {what} back to who had handed it over
    </Trans>
  ),
  'handover.withdrawn': ({ who, what }) => (
    <Trans>
      {who} took the hand-over of the conversation with {what} back
    </Trans>
  ),
  'handover.expired': ({ what }) => (
    <Trans>Nobody answered the hand-over of the conversation with {what}; it went back to its queue</Trans>
  ),
  'note.created': ({ who, what }) => (
    <Trans>
      {who} wrote a note about {what}
    </Trans>
  ),
  'note.updated': ({ who, what }) => (
    <Trans>
      {who} changed a note about {what}
    </Trans>
  ),
  'note.deleted': ({ who, what }) => (
    <Trans>
      {who} deleted a note about {what}
    </Trans>
  ),
  'note.restored': ({ who, what }) => (
    <Trans>
      {who} brought a note back in the conversation with {what}
    </Trans>
  ),
  'note.mentioned': ({ who, what }) => (
    <Trans>
      {who} mentioned somebody in a note about {what}
    </Trans>
  ),
  'saved_search.created': ({ who, what }) => (
    <Trans>
      {who} saved the view {what}
    </Trans>
  ),
  'saved_search.updated': ({ who, what }) => (
    <Trans>
      {who} changed the saved view {what}
    </Trans>
  ),
  'saved_search.deleted': ({ who, what }) => (
    <Trans>
      {who} deleted the saved view {what}
    </Trans>
  ),
  'saved_search.restored': ({ who, what }) => (
    <Trans>
      {who} brought the saved view {what} back
    </Trans>
  ),
  'scheduled_message.created': ({ who, what }) => (
    <Trans>
      {who} wrote an answer to {what} to be sent later
    </Trans>
  ),
  'scheduled_message.cancelled': ({ who, what }) => (
    <Trans>
      {who} cancelled an answer to {what} that was to be sent later
    </Trans>
  ),
  'scheduled_message.unsent': ({ what }) => (
    <Trans>An answer to {what} that was to be sent later could not be sent</Trans>
  ),
  'integration.connected': ({ who }) => <Trans>{who} connected Slack</Trans>,
  'integration.disconnected': ({ who }) => <Trans>{who} disconnected Slack</Trans>,
  'notification_preferences.updated': ({ who }) => <Trans>{who} chose what they are told</Trans>,
  'push_subscription.created': ({ who }) => <Trans>{who} let a browser show notifications</Trans>,
  'push_subscription.deleted': ({ who }) => <Trans>{who} stopped notifications in a browser</Trans>,
  'customer_note.created': ({ who, what }) => (
    <Trans>
      {who} wrote a note on the page of {what}
    </Trans>
  ),
  'customer_note.updated': ({ who, what }) => (
    <Trans>
      {who} changed a note on the page of {what}
    </Trans>
  ),
  'customer_note.mentioned': ({ who, what }) => (
    <Trans>
      {who} mentioned somebody in a note on {what}
    </Trans>
  ),
  'customer_note.restored': ({ who, what }) => (
    <Trans>
      {who} brought a note on {what} back
    </Trans>
  ),
  'customer_note.deleted': ({ who, what }) => (
    <Trans>
      {who} deleted a note on the page of {what}
    </Trans>
  ),
  'conversation.exported': ({ who, what }) => (
    <Trans>
      {who} took the conversation with {what} out as a file
    </Trans>
  ),
  'customer.merged': ({ who, what }) => (
    <Trans>
      {who} merged another customer into {what}
    </Trans>
  ),
  'customer.parted': ({ who, what }) => (
    <Trans>
      {who} parted {what} from a customer again
    </Trans>
  ),
  'conversation.merged': ({ who, what }) => (
    <Trans>
      {who} merged another conversation into the one with {what}
    </Trans>
  ),
  'conversation.parted': ({ who, what }) => (
    <Trans>
      {who} parted the conversation with {what} again
    </Trans>
  ),
  'conversation.split': ({ who, what }) => (
    <Trans>
      {who} split the conversation with {what}
    </Trans>
  ),
  'conversation.joined': ({ who, what }) => (
    <Trans>
      {who} joined the conversation with {what} again
    </Trans>
  ),
};
