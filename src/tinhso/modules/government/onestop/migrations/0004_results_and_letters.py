# The register of results with their deliveries, letters with a code and revisions, orders of registers.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('onestop', '0003_series_of_results'),
    ]

    operations = [
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('counter', 'Counter'), ('post', 'Post'), ('electronic', 'Electronic')], max_length=12)),
                ('recipient_name', models.CharField(max_length=120)),
                ('recipient_paper', models.CharField(blank=True, max_length=60)),
                ('waybill', models.CharField(blank=True, max_length=60)),
                ('delivered_at', models.DateTimeField()),
                ('delivered_by', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='IssuedResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('case_public_id', models.CharField(max_length=20)),
                ('signed_in', models.CharField(max_length=20)),
                ('revision', models.PositiveSmallIntegerField()),
                ('holder_code', models.CharField(blank=True, max_length=64)),
                ('result_code', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=200)),
                ('unit_key', models.CharField(max_length=64)),
                ('series', models.CharField(max_length=60)),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('count', models.PositiveIntegerField(null=True)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('file_sha256', models.CharField(db_index=True, max_length=64)),
                ('signed_by', models.CharField(max_length=64)),
                ('signer_name', models.CharField(max_length=120)),
                ('signer_title', models.CharField(blank=True, max_length=160)),
                ('signed_at', models.DateTimeField()),
                ('sealed_at', models.DateTimeField(null=True)),
                ('sealed_by', models.CharField(blank=True, max_length=64)),
                ('issued_on', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=32, unique=True)),
                ('actor_code', models.CharField(max_length=64)),
                ('asked', models.JSONField()),
                ('lines', models.PositiveIntegerField(default=0)),
                ('file_sha256', models.CharField(blank=True, max_length=64)),
                ('ordered_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='casedocument',
            name='onestop_document_once',
        ),
        migrations.AddField(
            model_name='casedocument',
            name='code',
            field=models.CharField(max_length=20, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='casedocument',
            name='reason',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='casedocument',
            name='replaced_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='casedocument',
            name='revision',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name='casedocument',
            name='kind',
            field=models.CharField(choices=[('receipt', 'Receipt'), ('supplement', 'Supplement'), ('refusal', 'Refusal'), ('apology', 'Apology'), ('stop_notice', 'Stop Notice')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='casedocument',
            constraint=models.UniqueConstraint(fields=('case_public_id', 'kind', 'fact_id', 'revision'), name='onestop_document_once'),
        ),
        migrations.AddField(
            model_name='issuedresult',
            name='replaced_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='onestop.issuedresult'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='result',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='onestop.issuedresult'),
        ),
        migrations.AddIndex(
            model_name='registerorder',
            index=models.Index(fields=['actor_code', '-id'], name='onestop_registers_of'),
        ),
        migrations.AddIndex(
            model_name='issuedresult',
            index=models.Index(fields=['holder_code', '-id'], name='onestop_results_of_holder'),
        ),
        migrations.AddIndex(
            model_name='issuedresult',
            index=models.Index(fields=['signed_in'], name='onestop_results_signed_in'),
        ),
        migrations.AddConstraint(
            model_name='issuedresult',
            constraint=models.UniqueConstraint(fields=('unit_key', 'series', 'year', 'count'), name='onestop_result_number'),
        ),
        migrations.AddConstraint(
            model_name='issuedresult',
            constraint=models.UniqueConstraint(fields=('case_public_id', 'revision'), name='onestop_result_revision'),
        ),
    ]
