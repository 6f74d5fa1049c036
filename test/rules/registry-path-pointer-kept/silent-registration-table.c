#include <hidport.h>

static HID_MINIDRIVER_REGISTRATION Registration;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    FillDriverObject(DriverObject);
    RtlZeroMemory(&Registration, sizeof(Registration));
    Registration.Revision = HID_REVISION;
    Registration.DriverObject = DriverObject;
    Registration.RegistryPath = RegistryPath;
    Registration.DeviceExtensionSize = sizeof(MY_EXTENSION);
    return HidRegisterMinidriver(&Registration);
}
