#include <ndis.h>

static NDIS_HANDLE FilterHandle;
static NDIS_HANDLE DeviceHandle;
static PDEVICE_OBJECT ControlDevice;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LwfUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = LwfUnload;
    FillCharacteristics(&chars);
    FillAttributes(&attributes);

    do
    {
        status = NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &chars, &FilterHandle);
        if (status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        status = NdisRegisterDeviceEx(FilterHandle, &attributes, &ControlDevice, &DeviceHandle);
        if (status != NDIS_STATUS_SUCCESS)
        {
            NdisFDeregisterFilterDriver(FilterHandle);
            status = NDIS_STATUS_SUCCESS;
        }
    } while (FALSE);

    return status;
//  ^^^^^^^^^^^^^^ warning success-after-failed-registration: 'DriverEntry' returns success although 'NdisFRegisterFilterDriver' has been taken back
}

VOID LwfUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (DeviceHandle != NULL)
    {
        NdisDeregisterDeviceEx(DeviceHandle);
    }
    NdisFDeregisterFilterDriver(FilterHandle);
}
