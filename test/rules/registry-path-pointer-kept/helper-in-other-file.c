//- entry.c
#include <ntddk.h>

NTSTATUS SettingsInitialize(PDRIVER_OBJECT DriverObject, PUNICODE_STRING Key);
DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status = STATUS_UNSUCCESSFUL;

    do {
        status = SettingsInitialize(DriverObject, RegistryPath);
        if (!NT_SUCCESS(status)) {
            break;
        }
    } while (FALSE);
    return status;
}

//- settings.c
#include <ntddk.h>

DRIVER_UNLOAD SettingsUnload;

static PDRIVER_OBJECT Driver;
static UNICODE_STRING SettingsKey;

static void Remember(PUNICODE_STRING Key)
{
    SettingsKey = *Key;
//  ^^^^^^^^^^^ warning registry-path-pointer-kept: 'SettingsKey' keeps a copy of the registry path that shares its buffer, which is freed when 'DriverEntry' has returned
}

NTSTATUS SettingsInitialize(PDRIVER_OBJECT DriverObject, PUNICODE_STRING Key)
{
    Driver = DriverObject;
    DriverObject->DriverUnload = SettingsUnload;
    Remember(Key);
    return STATUS_SUCCESS;
}

VOID SettingsUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    Driver = NULL;
}
