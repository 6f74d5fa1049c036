#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_UNLOAD DriverUnload;

VOID DriverUnload(DRIVER_OBJECT *DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}

_Function_class_(DRIVER_INITIALIZE)
NTSTATUS DriverEntry(_In_ struct _DRIVER_OBJECT *DriverObject, _In_ UNICODE_STRING *RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = DriverUnload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
}
