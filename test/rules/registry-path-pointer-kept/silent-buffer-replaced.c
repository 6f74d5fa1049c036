#include <ntddk.h>

static UNICODE_STRING SavedPath;
static UNICODE_STRING OtherPath;

NTSTATUS Duplicate(PUNICODE_STRING Text)
{
    PWSTR copy = ExAllocatePool2(POOL_FLAG_PAGED, Text->MaximumLength, 'htaP');

    if (copy == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlCopyMemory(copy, Text->Buffer, Text->Length);
    Text->Buffer = copy;
    return STATUS_SUCCESS;
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    SavedPath = *RegistryPath;
    SavedPath.Buffer = ExAllocatePool2(POOL_FLAG_PAGED, SavedPath.MaximumLength, 'htaP');
    if (SavedPath.Buffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlCopyMemory(SavedPath.Buffer, RegistryPath->Buffer, RegistryPath->Length);
    OtherPath = *RegistryPath;
    return Duplicate(&OtherPath);
}
