// action: Create 'FilterUnload' as DRIVER_UNLOAD
//- driver.c
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
static NDIS_HANDLE Handle;

NTSTATUS
DriverEntry(
    _In_ PDRIVER_OBJECT DriverObject,
    _In_ PUNICODE_STRING RegistryPath
    )
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars = { 0 };
    DriverObject->DriverUnload = Filter$0Unload;
    return NdisFRegisterFilterDriver(DriverObject, DriverObject, &chars, &Handle);
}
