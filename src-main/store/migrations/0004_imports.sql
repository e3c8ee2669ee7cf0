CREATE TABLE `imported_runs` (
	`import` integer NOT NULL,
	`position` integer NOT NULL,
	`side` text NOT NULL,
	`pair` text NOT NULL,
	`treatment` text NOT NULL,
	`levels` text NOT NULL,
	`capacity` real NOT NULL,
	`seed` integer NOT NULL,
	`state` text NOT NULL,
	`settings` text NOT NULL,
	`measures` text NOT NULL,
	PRIMARY KEY(`import`, `position`, `side`),
	FOREIGN KEY (`import`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`file` text NOT NULL,
	`sha256` text NOT NULL,
	`columns` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `imports_slug_unique` ON `imports` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `imports_sha256_unique` ON `imports` (`sha256`);