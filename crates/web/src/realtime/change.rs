//! A stored event with the current view of what it is about, loaded once for all streams and shown to each as it may
//! see it.

use std::{
    collections::{HashMap, HashSet},
    hash::{Hash, Hasher},
    sync::{Arc, Mutex, PoisonError},
};

use conversations::Snapshot;
use customers::Customer;
use kernel::{CustomerId, MemberId, TaskId, Timestamp, WorkspaceId};
use serde::Serialize;
use tenancy::{Access, Error, Permission, Reach, Session, Sight, SightPoint, StoredEvent, Viewer};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    conversations::view::{ConversationView, MessageView},
    customers::view::CustomerView,
    view::is_of_notes,
};

/// An event as streams get it.
pub(crate) struct Change {
    pub(crate) workspace: WorkspaceId,
    pub(crate) event: StoredEvent,
    /// Rights as they stood when it was read: at least those under which it happened.
    pub(crate) rights_version: i64,
    actor_name: String,
    pub(crate) snapshot: Option<Arc<Snapshot>>,
    pub(crate) message: Option<conversations::Message>,
    customer: Option<Customer>,
    /// Whose assigned contact `customer` is.
    contacts: HashSet<MemberId>,
    /// Where the conversations of `customer` stand, which show it too.
    beside: Vec<SightPoint>,
    /// Who made the task that it is about, and who has it.
    task_parties: Vec<MemberId>,
    /// Viewers who see the same get the same text.
    rendered: Mutex<HashMap<Likeness, Arc<str>>>,
}

/// What two viewers have in common when they see the same.
#[derive(PartialEq, Eq, Hash)]
struct Likeness {
    access: Option<SameAccess>,
    /// The conversation is assigned to the viewer.
    assignee: bool,
    /// It waits in one of the viewer's queues.
    queue: bool,
    /// The customer is the viewer's assigned contact.
    contact: bool,
    /// The viewer answers for the business that it is about.
    steward: bool,
    /// The viewer wrote the message.
    author: bool,
    read_seq: i64,
    removed: bool,
}

/// Access by identity: the vault evaluates equal standings once and shares the result.
struct SameAccess(Arc<Access>);

impl PartialEq for SameAccess {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
impl Eq for SameAccess {}
impl Hash for SameAccess {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

/// The data of `event: change`, whose id is the workspace's event sequence.
#[derive(Serialize, ToSchema)]
pub struct ChangeEvent {
    pub kind: String,
    pub seq: i64,
    pub at: Timestamp,
    pub actor: EventActor,
    pub subject: EventSubject,
    #[schema(required)]
    pub conversation: Option<ConversationView>,
    #[schema(required)]
    pub message: Option<MessageView>,
    /// With a `customer.*` event: its profile, or null for who only sees a conversation of it and has to ask for that
    /// again.
    #[schema(required)]
    pub customer: Option<CustomerView>,
    /// The caller lost sight of the subject.
    pub removed: bool,
    /// The counters beside the views may have moved.
    pub counters_changed: bool,
}

#[derive(Serialize, ToSchema)]
pub struct EventActor {
    pub kind: String,
    #[schema(required)]
    pub id: Option<Uuid>,
    pub name: String,
}

#[derive(Serialize, ToSchema)]
pub struct EventSubject {
    pub kind: String,
    pub id: Uuid,
}

/// A lower floor could not read what an event is about.
pub(crate) type Unloadable = conversations::Refusal;

/// Loads the current view of each event's subject; a conversation that several events name is loaded once.
pub(crate) async fn load(session: &mut Session, events: Vec<StoredEvent>) -> Result<Vec<Arc<Change>>, Unloadable> {
    let mut snapshots: HashMap<Uuid, Option<Arc<Snapshot>>> = HashMap::new();
    let mut names: HashMap<Uuid, String> = HashMap::new();
    let mut changes = Vec::with_capacity(events.len());
    let rights_version = session.newest_rights().await?;
    for event in events {
        let mut change = Change {
            workspace: session.workspace(),
            rights_version,
            actor_name: actor_name(session, &event, &mut names).await?,
            snapshot: None,
            message: None,
            customer: None,
            contacts: HashSet::new(),
            beside: Vec::new(),
            task_parties: Vec::new(),
            rendered: Mutex::default(),
            event,
        };
        match change.event.subject_kind.as_str() {
            "conversation" => {
                let id = change.event.subject_id;
                let snapshot = match snapshots.get(&id) {
                    Some(known) => known.clone(),
                    None => {
                        let loaded = conversations::snapshot(session, id.into()).await?.map(Arc::new);
                        snapshots.entry(id).or_insert(loaded).clone()
                    }
                };
                if let (Some(seq), true) =
                    (change.event.payload["seq"].as_i64(), is_about_a_message(&change.event.kind))
                {
                    change.message = conversations::message(session, id.into(), seq).await?;
                }
                change.snapshot = snapshot;
            }
            "customer" => {
                let id = CustomerId(change.event.subject_id);
                change.customer = customers::snapshot(session, id).await?;
                change.contacts = customers::contacts(session, id).await?.into_iter().collect();
                change.beside = conversations::customer_sights(session, id).await?;
            }
            "task" => {
                change.task_parties = conversations::task_parties(session, TaskId(change.event.subject_id)).await?
            }
            _ => {}
        }
        changes.push(Arc::new(change));
    }
    Ok(changes)
}

async fn actor_name(
    session: &mut Session,
    event: &StoredEvent,
    known: &mut HashMap<Uuid, String>,
) -> Result<String, Error> {
    let Some(id) = event.actor_id.filter(|_| event.actor_kind == "member") else { return Ok(String::new()) };
    if let Some(name) = known.get(&id) {
        return Ok(name.clone());
    }
    let name = directory::member_name(session, MemberId(id)).await?.unwrap_or_default();
    known.insert(id, name.clone());
    Ok(name)
}

fn is_about_a_message(kind: &str) -> bool {
    kind.starts_with("message.") || kind.starts_with("note.") || kind.starts_with("handover.")
}

impl Change {
    /// The frame's data for a member; nothing for what is and was out of its sight (ruling 10).
    pub(crate) fn for_member(&self, viewer: &Viewer) -> Option<Arc<str>> {
        let removed = match self.sight_of(viewer) {
            SightNow::Hidden => return None,
            SightNow::Lost => true,
            SightNow::Seen => false,
        };
        let likeness = self.likeness(viewer, removed);
        let mut rendered = self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(data) = rendered.get(&likeness) {
            return Some(data.clone());
        }
        let data: Arc<str> = serde_json::to_string(&self.render(viewer, removed)).ok()?.into();
        rendered.insert(likeness, data.clone());
        Some(data)
    }

    fn sight_of(&self, viewer: &Viewer) -> SightNow {
        // What members tell each other is nothing at all to who may not see it.
        if is_of_notes(&self.event.kind) && viewer.reach(Permission::NoteView) == Reach::None {
            return SightNow::Hidden;
        }
        if let Some(Sight { before, after }) = self.event.sight {
            let visibility = conversations::Visibility::of_viewer(viewer);
            let sees = |point: Option<SightPoint>| point.is_some_and(|point| visibility.sees(&point));
            // The event's sight is what was; what the viewer sees now decides what it may be shown now.
            let now = self.snapshot.as_ref().is_some_and(|snapshot| visibility.sees(&snapshot.conversation().sight()));
            return match (sees(before) || sees(after), now) {
                (_, true) if sees(after) => SightNow::Seen,
                (true, _) => SightNow::Lost,
                (false, _) => SightNow::Hidden,
            };
        }
        let seen = match self.event.subject_kind.as_str() {
            "workspace" | "business" => true,
            "member" | "ownership_transfer" => viewer.reach(Permission::MemberView) != Reach::None,
            "invitation" => {
                viewer.reach(Permission::MemberInvite) != Reach::None
                    || viewer.reach(Permission::MemberInviteCollaborator) != Reach::None
            }
            "credits" => viewer.reach(Permission::CreditViewBalance) != Reach::None,
            "buyer" | "invoice" | "checkout" => viewer.reach(Permission::BillingView) != Reach::None,
            // What the operator answers is for who asked.
            "support_request" => viewer.member.is_some_and(|me| self.event.payload["asked_by"] == tenancy::id(me)),
            "label" => [Permission::ConversationView, Permission::CustomerView]
                .iter()
                .any(|permission| viewer.reach(*permission) != Reach::None),
            "channel" => viewer.reach(Permission::ChannelView) != Reach::None,
            "task" => match viewer.reach(Permission::TaskView) {
                Reach::Any => true,
                Reach::Own => viewer.member.is_some_and(|me| self.concerns(me)),
                Reach::Masked | Reach::None => false,
            },
            "team" | "shift" => viewer.reach(Permission::TeamView) != Reach::None,
            "api_key" => match viewer.reach(Permission::ApiKeyManage) {
                Reach::Any => true,
                Reach::Own => viewer.member.is_some_and(|me| self.event.payload["created_by"] == tenancy::id(me)),
                Reach::Masked | Reach::None => false,
            },
            // Notes stand on the profile alone.
            "customer" if is_of_notes(&self.event.kind) => self.opens_profile(viewer),
            "customer" => {
                let visibility = conversations::Visibility::of_viewer(viewer);
                self.opens_profile(viewer) || self.beside.iter().any(|point| visibility.sees(point))
            }
            _ => false,
        };
        if seen { SightNow::Seen } else { SightNow::Hidden }
    }

    /// Whether the member has the task that it is about, made it, or had it until now.
    fn concerns(&self, member: MemberId) -> bool {
        self.task_parties.contains(&member) || self.event.payload["from"] == tenancy::id(member)
    }

    fn opens_profile(&self, viewer: &Viewer) -> bool {
        customers::masking::opens_profile(viewer, self.is_contact(viewer))
    }

    fn is_contact(&self, viewer: &Viewer) -> bool {
        let contact = |member| match &self.snapshot {
            Some(snapshot) => snapshot.is_contact_of(member),
            None => self.contacts.contains(&member),
        };
        viewer.member.is_some_and(contact)
    }

    fn likeness(&self, viewer: &Viewer, removed: bool) -> Likeness {
        let is_me = |member: Option<MemberId>| member.is_some() && member == viewer.member;
        let conversation = self.snapshot.as_ref().map(|snapshot| snapshot.conversation());
        let assignee = conversation.and_then(|conversation| conversation.sight().assignee);
        let steward = conversation.map(|conversation| conversation.steward);
        let steward = steward.or_else(|| self.customer.as_ref().map(|customer| customer.steward));
        Likeness {
            access: viewer.access.clone().map(SameAccess),
            assignee: is_me(assignee),
            queue: conversation.is_some_and(|conversation| conversation.waits_for(viewer)),
            contact: self.is_contact(viewer),
            steward: is_me(steward),
            author: is_me(self.message.as_ref().and_then(|message| message.author.id).map(MemberId)),
            read_seq: self
                .snapshot
                .as_ref()
                .zip(viewer.member)
                .map_or(0, |(snapshot, member)| snapshot.read_seq(member)),
            removed,
        }
    }

    fn render(&self, viewer: &Viewer, removed: bool) -> ChangeEvent {
        let contact = self.is_contact(viewer);
        let conversation = self.snapshot.as_ref().zip(viewer.member).filter(|_| !removed);
        let conversation =
            conversation.map(|(snapshot, member)| ConversationView::of(snapshot.seen_by(member), viewer));
        let sees_notes = viewer.reach(Permission::NoteView) != Reach::None;
        let message = self
            .message
            .clone()
            .filter(|message| !removed && (sees_notes || message.direction != conversations::Direction::Internal));
        let customer = self.customer.clone().filter(|_| self.opens_profile(viewer));
        ChangeEvent {
            kind: self.event.kind.clone(),
            seq: self.event.seq,
            at: self.event.at,
            actor: EventActor {
                kind: self.event.actor_kind.clone(),
                id: self.event.actor_id,
                name: self.actor_name.clone(),
            },
            subject: EventSubject { kind: self.event.subject_kind.clone(), id: self.event.subject_id },
            conversation,
            message: message.map(|message| MessageView::of(message, self.workspace, viewer, contact)),
            customer: customer.map(|customer| CustomerView::of(Customer { contact, ..customer }, viewer)),
            removed,
            counters_changed: self.event.sight.is_some(),
        }
    }
}

enum SightNow {
    Seen,
    /// It was in sight and no longer is.
    Lost,
    Hidden,
}
