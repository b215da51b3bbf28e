-- Times of people are kept to the hour, for everybody: who wrote without a name must not be the one who stands out.
-- Which chat somebody used last within an hour is told by a rank among their own chats.

ALTER TABLE chats ADD COLUMN used INTEGER NOT NULL DEFAULT 0;

UPDATE chats SET used = (SELECT count(*) FROM chats n WHERE n.person_id = chats.person_id
  AND (n.seen_at < chats.seen_at OR n.seen_at = chats.seen_at AND (n.channel, n.address) > (chats.channel, chats.address)));

UPDATE chats SET seen_at = substr(seen_at, 1, 13) || ':00:00.000000+00:00';

UPDATE guesses SET at = substr(at, 1, 13) || ':00:00.000000+00:00';

UPDATE consents SET given_at = substr(given_at, 1, 13) || ':00:00.000000+00:00';

UPDATE people SET created_at = substr(created_at, 1, 13) || ':00:00.000000+00:00'
  WHERE NOT EXISTS (SELECT 1 FROM chats c WHERE c.person_id = people.id AND c.channel = 'whatsapp');

UPDATE outbox SET state_at = substr(state_at, 1, 13) || ':00:00.000000+00:00' WHERE state_at IS NOT NULL;

UPDATE outbox SET retold_at = substr(retold_at, 1, 13) || ':00:00.000000+00:00' WHERE retold_at IS NOT NULL;

-- Of somebody whose name is hidden a ticket keeps the place they wrote down, never that of their ormas, nor its field.

UPDATE tickets SET field = '' WHERE privacy <> 'named';

UPDATE tickets SET kecamatan = '' WHERE privacy <> 'named' AND kind <> 'situasi';
