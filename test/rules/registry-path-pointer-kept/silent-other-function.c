#include <ntddk.h>

static UNICODE_STRING LastName;

void OnName(PUNICODE_STRING Name)
{
    LastName = *Name;
}

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"Parameters");

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);
    OnName(&name);
    return STATUS_SUCCESS;
}
