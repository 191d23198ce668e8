"""Workers ask for jobs twice a second; NOTIFY would make all commits that defer a job wait for one another."""

from django.db import migrations

TRIGGER = "trigger procrastinate_jobs_notify_queue_job_inserted_v1"


class Migration(migrations.Migration):
    """PostgreSQL takes one lock for the whole server from NOTIFY until the commit is on disk (`PreCommit_Notify`)."""

    dependencies = [("ledger", "0004_no_index_twice"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [
        migrations.RunSQL(
            f"alter table procrastinate_jobs disable {TRIGGER}", f"alter table procrastinate_jobs enable {TRIGGER}"
        )
    ]
