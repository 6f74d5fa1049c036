//- driver.c
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
static NDIS_HANDLE Handle;

NTSTATUS
DriverEntry(
    _In_ PDRIVER_OBJECT DriverObject,
    _In_ PUNICODE_STRING RegistryPath
    )
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars = { 0 };
    DriverObject->DriverUnload = FilterUnload;
    return NdisFRegisterFilterDriver(DriverObject, DriverObject, &chars, &Handle);
}

_Use_decl_annotations_
VOID FilterUnload(
    _In_ PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    NdisFDeregisterFilterDriver(Handle);
}
