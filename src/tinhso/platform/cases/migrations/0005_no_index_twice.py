"""Indexes that say again what others say: of the parent, and by pattern for ids and codes that are only ever compared."""

from django.db import migrations, models
import django.db.models.deletion

TWICE = {
    "cases_case_code_afd6bdc8_like": "cases_case (code varchar_pattern_ops)",
    "cases_case_public_id_eb820183_like": "cases_case (public_id varchar_pattern_ops)",
    "cases_codecounter_prefix_28459289_like": "cases_codecounter (prefix varchar_pattern_ops)",
}


class Migration(migrations.Migration):
    """Ids and codes are compared whole, which their unique indexes serve; sub-cases are found by an index of their own."""

    dependencies = [("cases", "0004_lighter_writes")]
    operations = [
        migrations.AlterField(
            model_name="case",
            name="parent",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="sub_cases", to="cases.case"
            ),
        ),
        *(
            migrations.RunSQL(f"drop index if exists {name}", f"create index {name} on {columns}")
            for name, columns in TWICE.items()
        ),
    ]
