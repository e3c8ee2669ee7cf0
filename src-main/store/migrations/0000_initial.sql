CREATE TABLE `checkpoints` (
	`run` integer NOT NULL,
	`epoch` integer NOT NULL,
	`file` text NOT NULL,
	`bytes` integer NOT NULL,
	FOREIGN KEY (`run`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `checkpoints_by_run` ON `checkpoints` (`run`,`epoch`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`run` integer NOT NULL,
	`at` integer NOT NULL,
	`attempt` integer NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`run`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `events_by_run` ON `events` (`run`,`id`);--> statement-breakpoint
CREATE TABLE `experiments` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`document` text NOT NULL,
	`document_hash` text NOT NULL,
	`engine` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `experiments_slug_unique` ON `experiments` (`slug`);--> statement-breakpoint
CREATE TABLE `layers` (
	`run` integer NOT NULL,
	`layer` integer NOT NULL,
	`name` text NOT NULL,
	`inputs` integer NOT NULL,
	`outputs` integer NOT NULL,
	`active_weights` integer NOT NULL,
	`effective_active_weights` integer NOT NULL,
	`unconnected_units` integer NOT NULL,
	PRIMARY KEY(`run`, `layer`),
	FOREIGN KEY (`run`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `measurements` (
	`series` integer NOT NULL,
	`epoch` integer NOT NULL,
	`value` real,
	PRIMARY KEY(`series`, `epoch`),
	FOREIGN KEY (`series`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `measures` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `measures_name_unique` ON `measures` (`name`);--> statement-breakpoint
CREATE TABLE `pairs` (
	`experiment` integer NOT NULL,
	`position` integer NOT NULL,
	`treatment` text NOT NULL,
	`capacity` real NOT NULL,
	`seed` integer NOT NULL,
	`dense_run` integer NOT NULL,
	`sparse_run` integer NOT NULL,
	PRIMARY KEY(`experiment`, `position`),
	FOREIGN KEY (`experiment`) REFERENCES `experiments`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`dense_run`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sparse_run`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `pairs_by_dense_run` ON `pairs` (`dense_run`);--> statement-breakpoint
CREATE INDEX `pairs_by_sparse_run` ON `pairs` (`sparse_run`);--> statement-breakpoint
CREATE TABLE `runs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`identity` text NOT NULL,
	`experiment` integer,
	`engine` text NOT NULL,
	`numerics` integer NOT NULL,
	`side` text NOT NULL,
	`epochs` integer NOT NULL,
	`work` real NOT NULL,
	`recording` text NOT NULL,
	`starts_from_run` integer,
	`state` text DEFAULT 'waiting' NOT NULL,
	`attempt` integer DEFAULT 0 NOT NULL,
	`deaths` integer DEFAULT 0 NOT NULL,
	`lease_until` integer,
	`heartbeat_at` integer,
	`worker_pid` integer,
	`epoch` integer DEFAULT 0 NOT NULL,
	`diverged_epoch` integer,
	`diverged_step` integer,
	`reason` text,
	`environment` text,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	FOREIGN KEY (`identity`) REFERENCES `specifications`(`identity`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`experiment`) REFERENCES `experiments`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`starts_from_run`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `runs_by_identity` ON `runs` (`identity`,`engine`,`numerics`);--> statement-breakpoint
CREATE INDEX `runs_by_state` ON `runs` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `runs_of_experiment` ON `runs` (`experiment`,`state`,`id`);--> statement-breakpoint
CREATE TABLE `series` (
	`id` integer PRIMARY KEY NOT NULL,
	`run` integer NOT NULL,
	`measure` integer NOT NULL,
	`layer` integer NOT NULL,
	`total` integer,
	`last_epoch` integer NOT NULL,
	`last` real,
	`best_epoch` integer,
	`best` real,
	`mean_eleven` real,
	FOREIGN KEY (`run`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`measure`) REFERENCES `measures`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `series_by_run` ON `series` (`run`,`measure`,`layer`);--> statement-breakpoint
CREATE INDEX `series_of_whole_runs` ON `series` (`measure`,`run`) WHERE layer = 0;--> statement-breakpoint
CREATE TABLE `specifications` (
	`identity` text PRIMARY KEY NOT NULL,
	`document` text NOT NULL,
	`identity_document` text NOT NULL
) STRICT;
